using Amends.Data;
using Amends.Domain.Issues;
using Amends.Domain.Wording;

namespace Amends.Features.Api;

/// <summary>Reads a reply over for programs: by rules, on this machine. Nothing is stored.</summary>
public sealed class ReadWording(WordingDesk desk)
{
    private const int Longest = 50_000;

    /// <summary>What is found in a text.</summary>
    public async Task<IResult> Read(HttpContext context)
    {
        var (asked, _) = await ApiJson.Read<AskWording>(context.Request);
        var text = Checked.Needed("text", asked.Text, Longest) is { } ? asked.Text! : "";
        if (asked.Language is { } language && !(language.Length is >= 2 and <= 12 && language.All(letter => char.IsAsciiLetter(letter) || letter == '-')))
            throw new BadField("language", "Give a language as a tag, such as en or de-AT, or leave it out.");
        var draft = new Draft(text, null, [], Language: asked.Language);
        var read = asked.Case is { } number ? await desk.Read(number, draft, context.RequestAborted) : await desk.Read(draft, context.RequestAborted);
        return read is null ? TypedResults.NotFound() : ApiJson.Answer(Of(read));
    }

    private static WordingAnswer Of(ReadDraft draft)
    {
        var (report, apology, reading) = (draft.Report, draft.Report.Apology, draft.Report.Readability);
        return new WordingAnswer(
            draft.Language, draft.Pack, report.Blocks, report.AsksOnce,
            [.. report.Hints.Select(hint => new HintAnswer(hint.Rule, hint.Category, hint.Severity, hint.Start, hint.Length, draft.WordsOf(hint), hint.Reason, hint.Better, hint.Blocks))],
            report.Markers.ToDictionary(marker => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(marker.Kind.ToString()), marker => marker.Found),
            new ApologyAnswer(apology.Score, apology.Expected, apology.Decision, [.. apology.Parts.Keys.Order()], apology.Missing),
            new EmpathyAnswer(report.Empathy.Level, report.Empathy.Score),
            new ReadabilityAnswer(reading.Words, reading.Sentences, reading.MeanSentence, reading.Ease, reading.Grade, reading.Fog, reading.Smog),
            new LimitsAnswer(report.Limits.Cans, report.Limits.Cants, report.Limits.CanFirst),
            [.. report.Unanswered.Select(issue => issue.Id)], report.Salutation, report.Cut);
    }
}

/// <summary>A reply to read over.</summary>
public sealed record AskWording
{
    /// <summary>Plain text.</summary>
    public string? Text { get; init; }

    /// <summary>The case that it is for; names, issues, decision and promises are compared with it.</summary>
    public long? Case { get; init; }

    /// <summary>Its language; told from its words when left out.</summary>
    public string? Language { get; init; }
}

/// <summary>What was found. <c>pack</c> is the language of the phrases; starts and lengths are UTF-16 units; <c>unanswered</c> holds the ids of issues.</summary>
public sealed record WordingAnswer(string Language, string Pack, bool Blocks, bool AsksOnce, IReadOnlyList<HintAnswer> Hints, IReadOnlyDictionary<string, bool> Markers, ApologyAnswer Apology, EmpathyAnswer Empathy,
    ReadabilityAnswer Readability, LimitsAnswer Limits, IReadOnlyList<int> Unanswered, Salutation Salutation, bool Cut);

/// <summary>Advice on a place, or on the whole where the length is 0.</summary>
public sealed record HintAnswer(string Rule, string Category, int Severity, int Start, int Length, string Words, string Reason, string Better, bool Blocks);

/// <summary>The apology: its score of 9, and what the decision asks for.</summary>
public sealed record ApologyAnswer(int Score, int? Expected, Finding? Decision, IReadOnlyList<ApologyPart> Parts, IReadOnlyList<ApologyPart> Missing);

/// <summary>How far it names the customer's own story, 0 to 1.</summary>
public sealed record EmpathyAnswer(EmpathyLevel Level, double Score);

/// <summary>How easily it is read.</summary>
public sealed record ReadabilityAnswer(int Words, int Sentences, double MeanSentence, double Ease, double Grade, double Fog, double Smog);

/// <summary>What it says that can and cannot be done.</summary>
public sealed record LimitsAnswer(int Cans, int Cants, bool CanFirst);
