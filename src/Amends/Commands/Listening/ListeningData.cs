using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain.Listening.Emotion;

namespace Amends.Commands.Listening;

/// <summary>
/// The texts that the model learns from and is measured on. A folder has what others published, one JSON object a line:
/// <c>goemotions.jsonl</c> (Demszky et al. 2020, CC BY 4.0), <c>banking77.jsonl</c> (Casanueva et al. 2020, CC BY 4.0) and
/// <c>clinc150.jsonl</c> (Larson et al. 2019, CC BY 3.0); where they are there, <c>clothing-reviews-sample.jsonl</c> and
/// <c>restaurant-sentences.jsonl</c> are measured on and never learnt from. Another folder has our own labelled texts.
/// </summary>
internal sealed class ListeningData
{
    /// <summary>What a mistake on a text of each kind costs in training.</summary>
    private const float OfComments = 1, OfRequests = 0.3f, OfOurs = 2;

    /// <summary>
    /// What a mistake on a text costs that people of this installation read, beside 1 for a comment that others published: so much that some
    /// dozens are felt among tens of thousands, so little that one reading overrules nothing. When the levels are fitted it counts as three of our texts.
    /// </summary>
    public const float OfCorrections = 4;

    private const float LevelOfCorrection = 3;

    /// <summary>How much a text without a level, or a mere request, counts when the levels are fitted, and how many of them do.</summary>
    private const float LevelOfComment = 0.1f, LevelOfRequest = 0.2f;

    private const int EveryComment = 20, EveryRequest = 16;

    private static readonly HashSet<string> Pleased = ["admiration", "amusement", "approval", "caring", "excitement", "gratitude", "joy", "love", "optimism", "pride", "relief"];
    private static readonly HashSet<string> Displeased = ["anger", "annoyance", "disgust", "disapproval", "disappointment", "sadness", "embarrassment", "remorse", "grief", "fear", "nervousness"];
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>People's comments with emotions.</summary>
    public required IReadOnlyList<Sample> Comments { get; init; }

    /// <summary>Calm customers' requests.</summary>
    public required IReadOnlyList<Sample> Requests { get; init; }

    /// <summary>Our own, both halves.</summary>
    public required IReadOnlyList<Sample> Ours { get; init; }

    /// <summary>Mails of ours in other languages than English, by their language: what was not looked at when the lists of words were written.</summary>
    public required IReadOnlyList<(string Language, IReadOnlyList<Sample> Samples)> OtherLanguages { get; init; }

    /// <summary>Sets that are only measured on, by their file's name.</summary>
    public required IReadOnlyList<(string Name, IReadOnlyList<Sample> Samples)> Others { get; init; }

    /// <summary>All that the shipped model learns from.</summary>
    public IEnumerable<UpsetExample> Training => Comments.Concat(Requests).Concat(Ours.Where(each => !each.IsHeld)).Select(each => each.Example);

    /// <summary>Reads the folders.</summary>
    /// <param name="folder">What others published.</param>
    /// <param name="own">Our own labelled texts; <c>null</c> for none.</param>
    /// <exception cref="IOException">A file is missing, or a line of one cannot be read; with its name and line.</exception>
    public static ListeningData Read(string folder, string? own)
    {
        var comments = Lines<CommentLine>(folder, "goemotions.jsonl").Select((line, i) => OfComment(line, i)).ToList();
        var requests = Lines<RequestLine>(folder, "banking77.jsonl").Concat(Lines<RequestLine>(folder, "clinc150.jsonl"))
            .Select((line, i) => new Sample(new UpsetExample(line.Text, false, false, null, OfRequests, UpsetLevel.Calm, i % EveryRequest == 0 ? LevelOfRequest : 0), false)).ToList();
        return new ListeningData
        {
            Comments = comments,
            Requests = requests,
            Ours = own is null ? [] : [.. ((string[])["complaint-mails.jsonl", "short-texts.jsonl"]).Where(file => File.Exists(Path.Combine(own, file))).SelectMany(file => Lines<OurLine>(own, file)).Select(OfOurLine)],
            OtherLanguages = own is null || !File.Exists(Path.Combine(own, "other-languages.jsonl")) ? [] : [.. Lines<OurLine>(own, "other-languages.jsonl").Where(line => line.Part == "held").GroupBy(line => line.Lang ?? "")
                .Select(of => (of.Key, (IReadOnlyList<Sample>)[.. of.Select(OfOurLine)]))],
            Others = [.. ((string[])["clothing-reviews-sample.jsonl", "restaurant-sentences.jsonl"]).Where(file => File.Exists(Path.Combine(folder, file)))
                .Select(file => (Path.GetFileNameWithoutExtension(file), (IReadOnlyList<Sample>)[.. Lines<OtherLine>(folder, file).Where(line => line.Upset is not null).Select(line =>
                    new Sample(new UpsetExample(line.Title is { } title ? $"{title}. {line.Text}" : line.Text, line.Upset == 1, null, null, 0, null, 0), true, line.Level))]))],
        };
    }

    /// <summary>What people of an installation read, as <c>amends listening export</c> writes it; the model is one for English, so other languages are passed over.</summary>
    public static IReadOnlyList<UpsetExample> Corrections(string file) =>
        [.. Lines<OurLine>(Path.GetDirectoryName(Path.GetFullPath(file))!, Path.GetFileName(file)).Where(line => line.Language is null or "" or "en").Select(line => OfOurLine(line).Example with { Weight = OfCorrections, LevelWeight = LevelOfCorrection })];

    private static Sample OfComment(CommentLine line, int number)
    {
        var (pleased, displeased) = (line.Labels.Any(Pleased.Contains), line.Labels.Any(Displeased.Contains));
        var text = line.Text.Replace("[NAME]", "@name", StringComparison.Ordinal).Replace("[RELIGION]", "religion", StringComparison.Ordinal);
        return new Sample(new UpsetExample(text, line.Upset == 1, line.Angry == 1, pleased == displeased ? null : displeased, OfComments, null, number % EveryComment == 0 ? LevelOfComment : 0), false);
    }

    private static Sample OfOurLine(OurLine line)
    {
        var level = UpsetLevels.Of(line.Level) ?? throw new JsonException($"there is no level {line.Level}");
        var isPraise = line.Kind is "praise" or "thanks";
        return new Sample(new UpsetExample(line.Text, level >= UpsetLevel.Annoyed, level == UpsetLevel.Annoyed ? null : level >= UpsetLevel.Upset, isPraise ? false : level >= UpsetLevel.Annoyed ? true : null, OfOurs, level, 1), line.Part == "held");
    }

    private static IEnumerable<T> Lines<T>(string folder, string file)
    {
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
            throw new IOException($"{path} is missing.");
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line))
                yield return Parsed(line);
        }

        T Parsed(string line)
        {
            try
            {
                return JsonSerializer.Deserialize<T>(line, Names) ?? throw new JsonException("it is empty");
            }
            catch (JsonException failure)
            {
                throw new IOException($"{path}, line {number} cannot be read: {failure.Message.Split('.')[0]}.", failure);
            }
        }
    }

    /// <summary>A text with what is known of it.</summary>
    /// <param name="Example">As the training takes it.</param>
    /// <param name="IsHeld">Never learnt from.</param>
    /// <param name="Level">How much, 0 to 1, where the set says.</param>
    public sealed record Sample(UpsetExample Example, bool IsHeld, double? Level = null);

    private sealed record CommentLine([property: JsonRequired] string Text, string[] Labels, int Angry, int Upset);

    private sealed record RequestLine([property: JsonRequired] string Text);

    private sealed record OtherLine([property: JsonRequired] string Text, string? Title, int? Upset, double? Level);

    private sealed record OurLine([property: JsonRequired] string Text, [property: JsonRequired] string Level, string Kind = "complaint", string Part = "held", string? Language = null, string? Lang = null);
}
