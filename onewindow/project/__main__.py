from onewindow.project.cli import main

main()
