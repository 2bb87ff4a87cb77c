using System.Text.RegularExpressions;
using Amends.Domain;

namespace Amends.Tests;

/// <summary>The few rules that keep the parts apart. Each says in its failure which file breaks it.</summary>
public sealed partial class ArchitectureTests
{
    private static readonly string Program = Path.Combine(Checkout.Root, "src", "Amends");

    [Fact]
    public void The_domain_references_nothing_but_the_runtime_and_one_library_of_distributions()
    {
        Assert.All(typeof(Refused).Assembly.GetReferencedAssemblies(), assembly => Assert.True(assembly.Name!.StartsWith("System.", StringComparison.Ordinal) || assembly.Name == "MathNet.Numerics", assembly.Name));
        Assert.Equal(["src/Amends.Domain/Statistics/Distributions.cs"], Checkout.Written("src", ".cs", ".razor").Where(file => File.ReadAllText(file).Contains("MathNet.", StringComparison.Ordinal))
            .Select(file => Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/')));
    }

    [Fact]
    public void Mail_knows_neither_the_domain_nor_the_program() =>
        Assert.Empty(Uses(Checkout.Written("src/Amends.Mail", ".cs"), KnowsOfCases()));

    [Fact]
    public void Features_do_not_name_each_other()
    {
        var features = Path.Combine(Program, "Features");
        Assert.Empty(
            from file in Checkout.Written("src/Amends/Features", ".cs", ".razor")
            let own = Path.GetRelativePath(features, file).Split(Path.DirectorySeparatorChar)
            // What lies beside the folders is the map of them all.
            where own.Length > 1 && own[0] != "Shared"
            from Match use in OtherFeature().Matches(File.ReadAllText(file))
            let other = use.Groups[1].Value
            where other != own[0] && other != "Shared" && Directory.Exists(Path.Combine(features, other))
            select $"{Path.GetRelativePath(Checkout.Root, file)} names {other}");
    }

    [Fact]
    public void Channels_and_adapters_do_not_name_features() =>
        Assert.Empty(Uses(Checkout.Written("src/Amends/Channels", ".cs").Concat(Checkout.Written("src/Amends/Adapters", ".cs")), OtherFeature()));

    /// <summary>How long somebody listens is never held against them: no page, report or answer for programs measures it. A call's length is for whoever made it alone.</summary>
    [Fact]
    public void Nothing_measures_how_long_people_take_for_a_case()
    {
        Assert.Matches(HandlingTime(), "AverageHandlingTime"); // it finds what it looks for
        Assert.Empty(Uses(Checkout.Written("src", ".cs", ".razor", ".sql", ".json"), HandlingTime()));
    }

    [Fact]
    public void No_written_file_is_longer_than_three_hundred_lines_without_saying_why() =>
        Assert.Empty(
            from folder in (string[])["src", "tests", "bench", "campaigns"]
            from file in Checkout.Written(folder, ".cs", ".razor", ".js", ".css")
            let lines = File.ReadAllLines(file)
            where lines.Length > 300 && !lines.Take(3).Any(line => Reason().IsMatch(line))
            select $"{Path.GetRelativePath(Checkout.Root, file)} has {lines.Length} lines");

    private static IEnumerable<string> Uses(IEnumerable<string> files, Regex what) =>
        from file in files
        from Match use in what.Matches(File.ReadAllText(file))
        select $"{Path.GetRelativePath(Checkout.Root, file)} names {use.Value}";

    [GeneratedRegex(@"\bFeatures\.(\w+)")]
    private static partial Regex OtherFeature();

    [GeneratedRegex(@"\bAmends\.(?!Mail\b)\w+")]
    private static partial Regex KnowsOfCases();

    [GeneratedRegex(@"handl(?:e|ing)[ _]?time|time[ _]?to[ _]?handle|minutes[ _]?per[ _]?case|\bAHT\b", RegexOptions.IgnoreCase)]
    private static partial Regex HandlingTime();

    [GeneratedRegex(@"(//|/\*|@\*)\s*long: \S")]
    private static partial Regex Reason();
}
