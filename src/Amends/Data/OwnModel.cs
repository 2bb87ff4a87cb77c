using System.Security.Cryptography;
using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Listening.Emotion;

namespace Amends.Data;

/// <summary>A model file of this installation, trained here with its own corrections: <c>listening/en.model</c> in the data folder.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="MadeAt">When it was trained, as its card says; or when the file was written.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Digest">The beginning of its SHA-256, to tell it from another.</param>
/// <param name="Card">What it learnt from; <c>null</c> without a card that can be read.</param>
public sealed record OwnModel(string Path, DateTimeOffset MadeAt, long Size, string Digest, ModelCard? Card)
{
    /// <summary>The largest file that is read.</summary>
    public const int Largest = 5 * 1024 * 1024;

    /// <summary>Where the file is looked for.</summary>
    /// <param name="data">The data folder.</param>
    public static string PathIn(string data) => System.IO.Path.Combine(data, "listening", "en.model");

    /// <summary>The file and the model in it; <c>null</c> when there is no file.</summary>
    /// <param name="data">The data folder.</param>
    /// <exception cref="Refused"><c>upset_model</c>: it is no model of this version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (OwnModel File, UpsetModel Model)? Find(string data)
    {
        var file = new FileInfo(PathIn(data));
        if (!file.Exists)
            return null;
        if (file.Length > Largest)
            throw new Refused("upset_model", $"It has {file.Length} bytes, and a model has {Largest} at the most.");
        var bytes = File.ReadAllBytes(file.FullName);
        var (model, card) = (UpsetModel.Read(bytes), ModelCard.Beside(file.FullName));
        return (new OwnModel(file.FullName, card?.MadeAt ?? new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))[..12], card), model);
    }
}

/// <summary>What a model learnt from, written beside it by the training.</summary>
/// <param name="MadeAt">When.</param>
/// <param name="Texts">All texts that it learnt from.</param>
/// <param name="Corrections">How many of them are corrections and samples of this installation.</param>
/// <param name="Weight">What a mistake on one of those costs beside one on a comment that others published.</param>
public sealed record ModelCard(DateTimeOffset MadeAt, int Texts, int Corrections, float Weight)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>Where the card of a model is.</summary>
    public static string PathOf(string model) => model + ".json";

    /// <summary>The card beside a model; <c>null</c> when there is none that can be read.</summary>
    public static ModelCard? Beside(string model)
    {
        try
        {
            return File.Exists(PathOf(model)) ? JsonSerializer.Deserialize<ModelCard>(File.ReadAllText(PathOf(model)), Json) : null;
        }
        catch (Exception wrong) when (wrong is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes the card beside a model.</summary>
    public Task Write(string model) => File.WriteAllTextAsync(PathOf(model), JsonSerializer.Serialize(this, Json) + "\n");
}
