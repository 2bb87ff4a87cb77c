using System.Buffers;

namespace Amends.Mail.Smtp;

/// <summary>
/// One mail while it arrives: pooled memory that grows with what came, up to a limit of its own and to what all
/// connections together may hold. Past either, the rest is dropped as it comes.
/// </summary>
internal sealed class MailBuffer(int limit, MemoryAllowance allowance) : IBufferWriter<byte>, IDisposable
{
    private const int First = 16 * 1024;
    private byte[] bytes = [];
    private byte[] spill = [];
    private int count;
    private int taken;

    /// <summary>What arrived; valid until disposal.</summary>
    public ReadOnlyMemory<byte> Mail => bytes.AsMemory(0, count);

    /// <summary>The mail is larger than its limit.</summary>
    public bool TooLarge { get; private set; }

    /// <summary>The server has no memory left for it.</summary>
    public bool NoRoom { get; private set; }

    private bool Dropping => TooLarge || NoRoom;

    public void Advance(int written)
    {
        if (Dropping) return;
        count += written;
        if (count <= limit) return;
        TooLarge = true;
        Release();
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (!Dropping && bytes.Length - count < wanted) Grow(count + (long)wanted);
        if (!Dropping) return bytes.AsSpan(count);
        if (spill.Length < wanted) spill = new byte[Math.Max(wanted, 4096)];
        return spill;
    }

    public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException("Mail is written by span.");

    public void Dispose() => Release();

    private void Grow(long needed)
    {
        var size = Math.Max(First, Math.Max(needed, Math.Min(taken * 2L, limit)));
        if (size > limit + First)
        {
            TooLarge = true;
            Release();
            return;
        }
        if (!allowance.TryTake(size - taken))
        {
            NoRoom = true;
            Release();
            return;
        }
        taken = (int)size;
        var larger = ArrayPool<byte>.Shared.Rent(taken);
        bytes.AsSpan(0, count).CopyTo(larger);
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }

    private void Release()
    {
        if (bytes.Length > 0) ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        count = 0;
        allowance.Give(taken);
        taken = 0;
    }
}

/// <summary>Bytes that all connections of one server may hold together.</summary>
internal sealed class MemoryAllowance(long limit)
{
    private long left = limit;

    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref left, -bytes) >= 0) return true;
        Interlocked.Add(ref left, bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref left, bytes);
}
