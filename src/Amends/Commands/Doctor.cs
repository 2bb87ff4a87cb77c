using Amends.Commands.Checks;
using Amends.Data;
using Amends.Web;

namespace Amends.Commands;

/// <summary><c>amends doctor</c>.</summary>
public static class Doctor
{
    /// <summary>Looks at everything that it can reach, says how it is and what to do; ends with 1 when anything is bad. Changes nothing.</summary>
    public static async Task<int> Run(CommandLine line)
    {
        var worst = Level.Ok;
        await foreach (var finding in Look(line.Surroundings, TimeProvider.System))
        {
            worst = finding.Level > worst ? finding.Level : worst;
            Console.WriteLine($"{finding.Level.ToString().ToLowerInvariant(),-5} {finding.About}: {finding.What}");
            if (finding.Next is not null)
                Console.WriteLine($"      → {finding.Next}");
        }

        Console.WriteLine(worst switch { Level.Ok => "\nAll is well.", Level.Warn => "\nIt works; look at the warnings when you can.", _ => "\nSomething does not work. Begin with the first bad line." });
        return worst == Level.Bad ? 1 : 0;
    }

    /// <summary>Everything that there is to say.</summary>
    internal static async IAsyncEnumerable<Finding> Look(Surroundings surroundings, TimeProvider clock)
    {
        yield return new Finding(Level.Ok, "program", $"Amends {Data.ThisProgram.Version} on .NET {Environment.Version}");
        foreach (var finding in CheckFiles.Of(surroundings))
            yield return finding;

        await using var database = Database.Open(surroundings.Database, surroundings.DatabasePassword);
        var usable = true;
        await foreach (var finding in CheckDatabase.Of(database, surroundings, clock))
        {
            usable &= finding.Level != Level.Bad;
            yield return finding;
        }

        var settings = new StoredSettings(database, clock);
        var company = usable ? await settings.Company() : new Company();
        await foreach (var finding in CheckAddresses.Of(surroundings, company))
            yield return finding;
        if (!usable)
            yield break;
        await foreach (var finding in CheckMail.Of(database, settings, surroundings, clock))
            yield return finding;
        await foreach (var finding in CheckWork.Of(database, clock))
            yield return finding;
    }
}
