using Dapper;

namespace Amends.Data.Exports;

/// <summary>Takes what a file is written with, and gives it out in pieces.</summary>
/// <param name="size">Bytes of a piece.</param>
internal sealed class PieceSink(int size) : Stream
{
    private byte[] _room = new byte[size * 2];
    private int _length;

    /// <summary>Whether a whole piece is there.</summary>
    public bool IsFull => _length >= size;

    /// <summary>A piece from the front, which goes; <c>null</c> when there is none.</summary>
    /// <param name="isLast">The end, too, though it is smaller.</param>
    public byte[]? Take(bool isLast)
    {
        if (_length == 0 || (!IsFull && !isLast))
            return null;
        var piece = _room[..Math.Min(size, _length)];
        _length -= piece.Length;
        Buffer.BlockCopy(_room, piece.Length, _room, 0, _length);
        return piece;
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_length + buffer.Length > _room.Length)
            Array.Resize(ref _room, Math.Max(_room.Length * 2, _length + buffer.Length));
        buffer.CopyTo(_room.AsSpan(_length));
        _length += buffer.Length;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>The file of an export, read a piece at a time from wherever one wants.</summary>
public sealed class PieceReader : Stream
{
    private readonly Database _database;
    private readonly long _id, _epoch;
    private readonly long[] _ends;
    private (int Piece, byte[] Bytes) _here = (-1, []);

    private PieceReader(Database database, long id, long epoch, long[] ends) => (_database, _id, _epoch, _ends) = (database, id, epoch, ends);

    /// <summary>Opens a file; <c>null</c> when not all of it is there any more.</summary>
    /// <param name="database">Where it is.</param>
    /// <param name="export">Of which export.</param>
    /// <param name="ct">The request's end.</param>
    public static async Task<PieceReader?> Open(Database database, AskedExport export, CancellationToken ct)
    {
        var sizes = (await database.Read(connection => connection.QueryAsync<int>("select size from export_pieces where export_id = @Id and epoch = @Epoch order by piece", new { export.Id, export.Epoch }), ct)).AsList();
        var (ends, end) = (new long[sizes.Count], 0L);
        for (var i = 0; i < ends.Length; i++)
            ends[i] = end += sizes[i];
        return end == export.ByteCount ? new(database, export.Id, export.Epoch, ends) : null;
    }

    /// <inheritdoc/>
    public override long Length => _ends.Length == 0 ? 0 : _ends[^1];

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length || buffer.Length == 0)
            return 0;
        var found = Array.BinarySearch(_ends, Position + 1);
        var piece = found < 0 ? ~found : found;
        if (_here.Piece != piece)
            _here = (piece, await Load(piece, cancellationToken));
        var begin = (int)(Position - (piece == 0 ? 0 : _ends[piece - 1]));
        var count = Math.Min(buffer.Length, _here.Bytes.Length - begin);
        _here.Bytes.AsMemory(begin, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch { SeekOrigin.Begin => offset, SeekOrigin.Current => Position + offset, _ => Length + offset };

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("It waits for the database: read it asynchronously.");

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    private async Task<byte[]> Load(int piece, CancellationToken ct)
    {
        var row = await _database.Read(connection => connection.QuerySingleOrDefaultAsync<Row>("select size, packed, data from export_pieces where export_id = @_id and epoch = @_epoch and piece = @piece", new { _id, _epoch, piece }), ct)
            ?? throw new IOException("The file was removed while it was read.");
        return row.Packed == 1 ? Blobs.Unpack(row.Data, row.Size) : row.Data;
    }

    private sealed class Row
    {
        public int Size { get; init; }
        public int Packed { get; init; }
        public byte[] Data { get; init; } = [];
    }
}
