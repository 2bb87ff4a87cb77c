using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amends.Domain;

namespace Amends.Data.Backups;

/// <summary>
/// A backup that is read. It may come from anywhere: entries are found by the names of our tables and never become files,
/// everything has a limit, and every table is checked against its digest.
/// </summary>
public sealed partial class BackupFile : IDisposable
{
    private const int LongestManifest = 4 * 1024 * 1024;
    private readonly ZipArchive _zip;

    private BackupFile(ZipArchive zip, BackupManifest manifest) => (_zip, Manifest) = (zip, manifest);

    /// <summary>What it says of itself.</summary>
    public BackupManifest Manifest { get; }

    /// <summary>Opens a backup and checks its form, not yet its rows.</summary>
    /// <exception cref="Refused">It is no backup, or one of a newer form.</exception>
    public static BackupFile Open(string path)
    {
        ZipArchive? zip = null;
        try
        {
            zip = new ZipArchive(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16), ZipArchiveMode.Read);
            var manifest = ReadManifest(zip);
            var expected = manifest.Tables.Select(table => BackedUpTable.EntryOf(table.Name)).Append(BackupManifest.Entry).Order(StringComparer.Ordinal);
            if (!zip.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal).SequenceEqual(expected))
                throw new InvalidDataException("it holds other parts than its manifest names");
            if (manifest.Tables.FirstOrDefault(table => !Word().IsMatch(table.Name) || table.Rows < 0 || table.Bytes < 0 || table.Columns.Count == 0 || table.Columns.Distinct().Count() != table.Columns.Count) is { } odd)
                throw new InvalidDataException($"its manifest says of {Shown(odd.Name)} what cannot be");
            return new BackupFile(zip, manifest);
        }
        catch (Exception broken) when (broken is InvalidDataException or JsonException or NotSupportedException or NullReferenceException or EndOfStreamException or ArgumentException)
        {
            zip?.Dispose();
            throw new Refused("no_backup", $"{path} is no whole backup of Amends: {(broken is InvalidDataException ? broken.Message.TrimEnd('.') : "its manifest cannot be read")}.");
        }
        catch
        {
            zip?.Dispose();
            throw;
        }
    }

    /// <summary>Gives each row of a table to the caller, and at the end checks number, length and digest.</summary>
    /// <exception cref="Refused">The table is not what the manifest says.</exception>
    internal async Task<long> Rows(BackedUpTable table, IReadOnlyList<Column> columns, Func<object[], Task> store, CancellationToken ct)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var values = new object[columns.Count];
        var (rows, bytes) = (0L, 0L);
        try
        {
            await using var entry = _zip.GetEntry(BackedUpTable.EntryOf(table.Name))!.Open();
            var pipe = PipeReader.Create(entry, new StreamPipeReaderOptions(bufferSize: 1 << 16));
            while (true)
            {
                var read = await pipe.ReadAsync(ct);
                var buffer = read.Buffer;
                while (buffer.PositionOf((byte)'\n') is { } end)
                {
                    var line = buffer.Slice(0, end);
                    buffer = buffer.Slice(buffer.GetPosition(1, end));
                    bytes += line.Length + 1;
                    if (++rows > table.Rows || bytes > table.Bytes)
                        throw new InvalidDataException("it is longer than the manifest says");
                    foreach (var piece in line)
                        hash.AppendData(piece.Span);
                    hash.AppendData("\n"u8);
                    RowLine.Read(line, columns, values);
                    await store(values);
                }

                if (buffer.Length > RowLine.Longest)
                    throw new InvalidDataException("a line is too long");
                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (!read.IsCompleted)
                    continue;
                if (!buffer.IsEmpty)
                    throw new InvalidDataException("its end is missing");
                break;
            }

            await pipe.CompleteAsync();
        }
        catch (InvalidDataException broken)
        {
            throw Damaged(table.Name, $"{broken.Message.TrimEnd('.')} (row {rows})");
        }

        if (rows != table.Rows || bytes != table.Bytes)
            throw Damaged(table.Name, $"it has {rows} rows, the manifest says {table.Rows}");
        return Convert.ToHexStringLower(hash.GetHashAndReset()) == table.Sha256 ? rows : throw Damaged(table.Name, "its digest is another than the manifest says");
    }

    /// <inheritdoc/>
    public void Dispose() => _zip.Dispose();

    private static Refused Damaged(string table, string why) => new("damaged", $"This backup is damaged in {table}: {why}. Nothing was restored.");

    private static BackupManifest ReadManifest(ZipArchive zip)
    {
        var entry = zip.GetEntry(BackupManifest.Entry) ?? throw new InvalidDataException("it has no manifest");
        if (entry.Length > LongestManifest)
            throw new InvalidDataException("its manifest is too long");
        using var stream = entry.Open();
        var text = new byte[LongestManifest + 1];
        var length = stream.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        if (length > LongestManifest)
            throw new InvalidDataException("its manifest is too long");
        var manifest = JsonSerializer.Deserialize<BackupManifest>(text.AsSpan(0, length), BackupManifest.Json) ?? throw new InvalidDataException("its manifest is empty");
        if (manifest.Format != BackupManifest.FormatName)
            throw new InvalidDataException("its manifest is another program's");
        return manifest.FormatVersion is >= 1 and <= BackupManifest.Newest ? manifest
            : throw new Refused("newer", $"This backup was made by a newer Amends ({Shown(manifest.Program)}). Restore it with that version.");
    }

    private static string Shown(string text) => new([.. text.Where(letter => !char.IsControl(letter)).Take(40)]);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,62}$")]
    private static partial Regex Word();
}
