"""The screens: home, drill, summary, browse, card, help, and two small dialogs."""
