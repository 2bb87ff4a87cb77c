using System.Text.Json;

namespace Amends.Data.Backups;

/// <summary>What a backup says of itself: <c>manifest.json</c> in the file.</summary>
public sealed record BackupManifest
{
    /// <summary>The entry's name.</summary>
    public const string Entry = "manifest.json";

    /// <summary>What <see cref="Format"/> is.</summary>
    public const string FormatName = "amends backup";

    /// <summary>The version of the file's form that this program writes and reads.</summary>
    public const int Newest = 1;

    /// <summary>Says that this is a backup of ours.</summary>
    public string Format { get; init; } = "";

    /// <summary>The version of the file's form.</summary>
    public int FormatVersion { get; init; }

    /// <summary>When the snapshot was taken.</summary>
    public DateTimeOffset MadeAt { get; init; }

    /// <summary>The version of the program that wrote it.</summary>
    public string Program { get; init; } = "";

    /// <summary>The kind of database it came from; any kind takes it.</summary>
    public string Database { get; init; } = "";

    /// <summary>The schema steps that had run, which together are the schema's version.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>Tells whether a key file is the one that belongs to this backup; opens nothing. <c>null</c> when there was no key.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>The tables.</summary>
    public IReadOnlyList<BackedUpTable> Tables { get; init; } = [];

    /// <summary>How the manifest is written.</summary>
    internal static JsonSerializerOptions Json { get; } = new(CaseJson.Options) { WriteIndented = true };
}

/// <summary>A table in a backup: a JSON array a row, a line each, in <c>tables/NAME.jsonl</c>.</summary>
/// <param name="Name">The table.</param>
/// <param name="Columns">The columns, in the order of each row's values.</param>
/// <param name="Rows">How many.</param>
/// <param name="Bytes">Of the entry, unpacked.</param>
/// <param name="Sha256">Of the entry, unpacked, in lower-case hex.</param>
/// <param name="NextId">The number of the next new row, where the table counts.</param>
public sealed record BackedUpTable(string Name, IReadOnlyList<string> Columns, long Rows, long Bytes, string Sha256, long? NextId)
{
    /// <summary>The name of its entry in the file.</summary>
    internal static string EntryOf(string table) => $"tables/{table}.jsonl";
}
