"""What people keep of lists and do with them: favourites, mass actions and their runs, imports."""
