using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.Team.People;
using Amends.Features.Team.SignIn;
using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends user …</c>: who works here, from the console, for whoever looks after the server.</summary>
public static class User
{
    /// <summary><c>user list</c>.</summary>
    public static Task<int> List(CommandLine line) => With(line, async staff =>
    {
        foreach (var each in await staff.List())
            Console.WriteLine($"{each.Email,-36} {each.Role,-8} {(each.Active ? each.HasPassword ? "active" : "invited" : "left"),-8} {each.Name}");
        return 0;
    });

    /// <summary><c>user add EMAIL --name NAME --role ROLE</c>: prints the invitation's link.</summary>
    public static Task<int> Add(CommandLine line) => With(line, async staff =>
    {
        if (Email(line) is not { } email || RoleOf(line.Option("--role") ?? "agent") is not { } role)
            return CommandLine.Wrong;
        return await Print(line, await staff.Invite(line.Option("--name") ?? email.Split('@')[0], email, role, 0), "sets their password, within seven days");
    });

    /// <summary><c>user role EMAIL ROLE</c>.</summary>
    public static Task<int> ChangeRole(CommandLine line) => With(line, async staff =>
    {
        if (line.Args is not [var email, var word] || RoleOf(word) is not { } role)
            return CommandLine.Wrong;
        await staff.SetRole((await Known(staff, email)).Id, role);
        Console.WriteLine($"{email} is {role} now and signs in again.");
        return 0;
    });

    /// <summary><c>user reset EMAIL</c>: prints a link for a new password.</summary>
    public static Task<int> Reset(CommandLine line) => With(line, async staff =>
        Email(line) is { } email
            ? await Print(line, await staff.NewLink((await Known(staff, email)).Id, 0), "sets a new password")
            : CommandLine.Wrong);

    /// <summary><c>user recover EMAIL</c>: makes this person an active owner, and prints a link for a password.</summary>
    public static Task<int> Recover(CommandLine line) => With(line, async staff =>
    {
        if (Email(line) is not { } email)
            return CommandLine.Wrong;
        if (await staff.Find(email) is not { } person)
            return await Print(line, await staff.Invite(line.Option("--name") ?? email.Split('@')[0], email, Role.Owner, 0), "sets the new owner's password");
        await staff.Recover(person.Id);
        return await Print(line, await staff.NewLink(person.Id, 0), "sets the owner's password");
    });

    private static async Task<int> With(CommandLine line, Func<Staff, Task<int>> what)
    {
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        await new Migrator(database).Run();
        return await what(new Staff(database, new Sessions(database, TimeProvider.System), TimeProvider.System));
    }

    private static async Task<int> Print(CommandLine line, string token, string what)
    {
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        Console.WriteLine($"This link {what}. It works once:\n{await Links.ToPassword(token, new StoredSettings(database, TimeProvider.System), line.Surroundings)}");
        return 0;
    }

    private static async Task<StaffMember> Known(Staff staff, string email) =>
        await staff.Find(email) ?? throw new Refused("nobody", $"Nobody here has the address {email}; amends user list shows who is here.");

    private static string? Email(CommandLine line) => line.Args is [var email, ..] && email.Contains('@') ? email : null;

    private static Role? RoleOf(string word) => Enum.TryParse<Role>(word, true, out var role) && Enum.IsDefined(role) && !char.IsDigit(word[0]) ? role : null;
}
