using System.Text;
using Amends.Domain.Issues;
using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

/// <summary>Whatever is typed: nothing is thrown, and every stretch lies in the text.</summary>
public sealed class AnyTextTests
{
    private static readonly string[] Pieces =
    [
        "calm down", "Unfortunately", "can't", "I'm sorry, but", "Dear ", "{name}", "…", "...", "!!", "\n", "\n\n", "\r\n", "> ", "“", "”", "\"", "'", "’", ",", ", ", ". ", "? ", " ", "\t", "3 May", "31.12.9999", "0001-01-01", "30 February", "Friday",
        "https://example.org/a?b=c", "a@b.example", "RMA", "100%", "1,5", "NW-20417/3", "n't", "'s", "l'", "qu'", "\u00ad", "\u0301", "\ud83d\ude00", "\ud83d", "\ude00", "\0", "\u2028", "\u200b", "ß", "İ", "Ǆ", "हिन्दी", "你好", "مرحبا", "will", "we", "you", "have", "to", "the", "not", "only",
        "as I said", "Sehr geehrte ", "Bonjour ", "nous ne pouvons pas", "usted", "no", "[[", "]]", "<<x>>", "%A%", "(", ")", "-", "•", "1)", "*",
    ];

    [Theory]
    [InlineData("en", 1)]
    [InlineData("de", 2)]
    [InlineData("fr", 3)]
    [InlineData("es", 4)]
    public void Nothing_is_thrown_and_every_stretch_lies_in_the_text(string language, int seed)
    {
        var (random, pack) = (new Random(seed), Packs.Of(language));
        for (var round = 0; round < 600; round++)
        {
            var text = Some(random, random.Next(60));
            var report = Lint.Read(text, Context(random), pack);

            Assert.All(report.Hints, hint => Assert.True(hint.Start >= 0 && hint.Length >= 0 && hint.Start + hint.Length <= text.Length && hint.Severity is >= 1 and <= 3 && hint.Reason.Length > 0 && hint.Better.Length > 0, $"{hint} in {text}"));
            Assert.All(report.Markers, marker => Assert.True(marker.Start >= 0 && marker.Start + marker.Length <= text.Length));
            Assert.All(report.Empathy.Reflected.Concat(report.Apology.Parts.Values).Concat(report.Limits.WithoutReason), where => Assert.True(where.Start >= 0 && where.Length > 0 && where.Start + where.Length <= text.Length));
            Assert.True(double.IsFinite(report.Readability.Ease) && double.IsFinite(report.Readability.Smog) && report.Empathy.Score is >= 0 and <= 1);
            Assert.Equal(Enum.GetValues<MarkerKind>().Length, report.Markers.Count);
        }
    }

    [Fact]
    public void A_long_text_is_cut_and_one_that_is_all_hits_is_bounded()
    {
        foreach (var piece in (string[])["calm down ", "you have to ", "can't ", "not ", "!! ", "“a” ", "{a} ", "RMA\n", "a", "sorry sorry. ", "i am ", "3 May ", "\n> x", "Dear ", "…"])
        {
            var text = new StringBuilder().Insert(0, piece, 60_000 / piece.Length + 1).ToString();
            var report = Lint.Read(text, new() { CustomerWords = text, Names = ["Anna"], Today = new(2026, 5, 4), Issues = [new(1, text, false)] }, Packs.English);

            Assert.True(report.Cut);
            Assert.InRange(report.Hints.Count, 0, Lint.MostHints);
            Assert.All(report.Hints, hint => Assert.True(hint.Start + hint.Length <= Lint.Longest));
        }
    }

    [Fact]
    public void Many_drafts_at_once_are_read_as_one_by_one()
    {
        var samples = Packs.Lines<Sample>("en-tuned.jsonl");
        var alone = samples.Select(sample => string.Join(' ', sample.Hinted(Packs.English))).ToList();

        Assert.Equal(alone, samples.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(sample => string.Join(' ', sample.Hinted(Packs.English))));
    }

    private static string Some(Random random, int pieces)
    {
        var text = new StringBuilder();
        for (var piece = 0; piece < pieces; piece++)
        {
            text.Append(random.Next(12) == 0 ? ((char)random.Next(0x10000)).ToString() : Pieces[random.Next(Pieces.Length)]);
            if (random.Next(2) == 0)
                text.Append(' ');
        }

        return text.ToString();
    }

    private static DraftContext Context(Random random) => new()
    {
        Names = random.Next(2) == 0 ? [] : [Some(random, 2), "Anna Berg"],
        CustomerWords = Some(random, random.Next(20)),
        Happened = Some(random, 3),
        Issues = [new(1, Some(random, 4), random.Next(2) == 0)],
        Decision = random.Next(4) is > 0 and var decision ? (Finding)decision : null,
        Today = random.Next(4) switch { 0 => null, 1 => DateOnly.MinValue, 2 => DateOnly.MaxValue, _ => new(2026, 5, 4) },
        NextContact = random.Next(2) == 0 ? null : DateOnly.MaxValue,
        Promised = [new(new(2026, 5, 11), Some(random, 3))],
        Owner = random.Next(3) switch { 0 => null, 1 => " ", _ => "Jo" },
        Quoted = [new(random.Next(-5, 50), random.Next(-5, 50))],
    };
}
