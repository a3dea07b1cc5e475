fn start() {} //~ ERROR `main` function not found
