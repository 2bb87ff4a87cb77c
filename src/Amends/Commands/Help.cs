namespace Amends.Commands;

/// <summary><c>amends help</c>.</summary>
public static class Help
{
    /// <summary>Prints every command with its line.</summary>
    public static int Print()
    {
        Console.WriteLine("Amends, a desk for complaints and service recovery\n");
        foreach (var command in AllCommands.List)
            Console.WriteLine($"  amends {$"{command.Name} {command.Usage}".TrimEnd()}\n      {command.What}");
        Console.WriteLine("\nSettings come from the environment: AMENDS_DATABASE, AMENDS_DATA, AMENDS_URLS, AMENDS_PUBLIC_URL,");
        Console.WriteLine("AMENDS_SMTP_LISTEN, AMENDS_LMTP_LISTEN, AMENDS_SMTP_CERTIFICATE, AMENDS_MAIL_LIMIT, AMENDS_MAIL_RATE, AMENDS_DNS, AMENDS_KEY_FILE, AMENDS_PROXIES. docs/guide/install.md explains each.");
        return 0;
    }
}
