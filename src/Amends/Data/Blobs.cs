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

    /// <summary>Stores content, if it is not there yet; returns its digest in hex.</summary>
    public static async Task<string> Put(Unit unit, ReadOnlyMemory<byte> content)
    {
        var digest = DigestOf(content.Span);
        if (await unit.Value<long?>("select 1 from blobs where digest = @digest and piece = 0", new { digest }) is not null)
            return digest;

        var packed = Pack(content);
        var pieces = Math.Max(1, (packed.Length + Piece - 1) / Piece);
        for (var piece = 0; piece < pieces; piece++)
        {
            var data = packed.AsSpan(piece * Piece, Math.Min(Piece, packed.Length - piece * Piece)).ToArray();
            await unit.Run("insert into blobs (digest, piece, pieces, size, data) values (@digest, @piece, @pieces, @size, @data) on conflict do nothing",
                new { digest, piece, pieces, size = (long)content.Length, data });
        }

        return digest;
    }

    /// <summary>The content, verified against its digest.</summary>
    /// <exception cref="InvalidDataException">A piece is missing or the bytes have rotted.</exception>
    public static async Task<byte[]> Get(Database database, string digest, CancellationToken ct = default)
    {
        var rows = await database.Read(async connection =>
            (await Dapper.SqlMapper.QueryAsync<Row>(connection, "select piece, pieces, size, data from blobs where digest = @digest order by piece", new { digest })).ToList(), ct);
        if (rows.Count == 0 || rows.Count != rows[0].Pieces)
            throw new InvalidDataException($"The content {digest} is not whole.");

        var content = Unpack(rows.Count == 1 ? rows[0].Data : [.. rows.SelectMany(row => row.Data)], rows[0].Size);
        return DigestOf(content) == digest ? content : throw new InvalidDataException($"The content {digest} has rotted.");
    }

    /// <summary>SHA-256 in lower-case hex.</summary>
    public static string DigestOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static byte[] Pack(ReadOnlyMemory<byte> content)
    {
        using var packed = new MemoryStream(content.Length / 2 + 64);
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(content.Span);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed, long size)
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
