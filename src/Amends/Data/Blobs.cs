using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;

namespace Amends.Data;

/// <summary>
/// Content by its SHA-256: raw mails and files. Stored once, compressed, in pieces of at most 1 MiB, in the database, so
/// that nodes keep nothing and one backup holds everything.
/// </summary>
public static class Blobs
{
    private const int Piece = 1024 * 1024;
    private const int Quality = 1, SmallestWindow = 10, LargestWindow = 22; // RFC 7932 §9.1: the window is 2^n - 16 bytes

    /// <summary>Stores content, if it is not there yet; returns its digest in hex.</summary>
    public static Task<string> Put(Unit unit, ReadOnlyMemory<byte> content) => Put(unit, Prepare(content));

    /// <summary>As above, for content that was prepared before the unit of work began, so that nobody waits for the packing.</summary>
    public static async Task<string> Put(Unit unit, PackedContent content)
    {
        var pieces = Math.Max(1, (content.Packed.Length + Piece - 1) / Piece);
        for (var piece = 0; piece < pieces; piece++)
        {
            var data = pieces == 1 ? content.Packed : content.Packed.AsSpan(piece * Piece, Math.Min(Piece, content.Packed.Length - piece * Piece)).ToArray();
            await unit.Put("insert into blobs (digest, piece, pieces, size, data) values (@Digest, @piece, @pieces, @Size, @data) on conflict do nothing",
                new { content.Digest, piece, pieces, content.Size, data });
        }

        return content.Digest;
    }

    /// <summary>Digests and packs content.</summary>
    public static PackedContent Prepare(ReadOnlyMemory<byte> content) => new(DigestOf(content.Span), content.Length, Pack(content));

    /// <summary>The content, verified against its digest.</summary>
    /// <exception cref="InvalidDataException">A piece is missing or the bytes have rotted.</exception>
    public static async Task<byte[]> Get(Database database, string digest, CancellationToken ct = default)
    {
        var rows = await database.Read(async connection =>
            (await Dapper.SqlMapper.QueryAsync<Row>(connection, "select piece, pieces, size, data from blobs where digest = @digest order by piece", new { digest })).ToList(), ct);
        if (rows.Count == 0 || rows.Count != rows[0].Pieces)
            throw new InvalidDataException($"The content {digest} is not whole.");

        return new PackedContent(digest, rows[0].Size, rows.Count == 1 ? rows[0].Data : [.. rows.SelectMany(row => row.Data)]).Open();
    }

    /// <summary>Contents of one piece, in one go, by their digest; larger ones, and those that are not there, are missing.</summary>
    public static async Task<IReadOnlyDictionary<string, PackedContent>> GetSmall(Database database, IReadOnlyCollection<string> digests, CancellationToken ct = default)
    {
        var wanted = digests.Distinct().ToArray();
        return await database.Read(async connection =>
            (await Dapper.SqlMapper.QueryAsync<PackedContent>(connection, $"select digest, size, data as packed from blobs where digest {database.Among("@wanted")} and pieces = 1", new { wanted })).ToDictionary(content => content.Digest), ct);
    }

    /// <summary>Whether packed content is what its digest says.</summary>
    internal static bool IsWhole(string digest, byte[] packed, long size)
    {
        try
        {
            return size >= 0 && size <= Array.MaxLength && DigestOf(Unpack(packed, size)) == digest;
        }
        catch (Exception broken) when (broken is EndOfStreamException or InvalidOperationException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Bytes, compressed.</summary>
    internal static byte[] Pack(ReadOnlyMemory<byte> content)
    {
        // Most content is small: a window of its size, instead of the largest one, is memory that nobody has to clear.
        var window = Math.Clamp((int)Math.Ceiling(Math.Log2(content.Length + 1)), SmallestWindow, LargestWindow);
        var room = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(content.Length));
        try
        {
            return BrotliEncoder.TryCompress(content.Span, room, out var length, Quality, window)
                ? room[..length]
                : throw new InvalidOperationException("The content could not be packed.");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>Bytes as they were before they were packed.</summary>
    internal static byte[] Unpack(byte[] packed, long size)
    {
        var content = new byte[size];
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        brotli.ReadExactly(content);
        return content;
    }

    private sealed class Row
    {
        public int Piece { get; init; }
        public int Pieces { get; init; }
        public long Size { get; init; }
        public byte[] Data { get; init; } = [];
    }
}

/// <summary>Content as it is stored.</summary>
/// <param name="Digest">SHA-256 in hex of the content.</param>
/// <param name="Size">Bytes of the content, unpacked.</param>
/// <param name="Packed">The content, compressed.</param>
public sealed record PackedContent(string Digest, long Size, byte[] Packed)
{
    /// <summary>The content, verified against its digest.</summary>
    /// <exception cref="InvalidDataException">The bytes have rotted.</exception>
    public byte[] Open()
    {
        var content = Blobs.Unpack(Packed, Size);
        return Blobs.DigestOf(content) == Digest ? content : throw new InvalidDataException($"The content {Digest} has rotted.");
    }
}
