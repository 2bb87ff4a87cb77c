using System.Globalization;
using System.Text;

namespace Amends.Fuzz.Fuzzing;

/// <summary>Damages inputs: bytes, lines, numbers, splices of two inputs, and now and then growth by repetition.</summary>
public sealed class Mutator(Random random, IReadOnlyList<string> pieces, int longest)
{
    const int Usual = 32 * 1024;

    static readonly string[] Numbers = ["0", "-1", "1", "2", "127", "255", "256", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296", "9223372036854775807", "99999999999999999999"];

    readonly byte[][] bytesOfPieces = [.. pieces.Select(Encoding.Latin1.GetBytes)];

    /// <summary>A damaged copy.</summary>
    /// <param name="input">What to damage.</param>
    /// <param name="other">Another input, to take parts from.</param>
    public byte[] Mutate(byte[] input, byte[] other)
    {
        var bytes = new List<byte>(input);
        for (var change = 1 + random.Next(random.Next(3) == 0 ? 16 : 4); change > 0; change--) Change(bytes, other);
        if (random.Next(1500) == 0) Grow(bytes);
        else if (bytes.Count > Usual) bytes.RemoveRange(Usual, bytes.Count - Usual);
        return [.. bytes];
    }

    void Change(List<byte> bytes, byte[] other)
    {
        var at = random.Next(bytes.Count + 1);
        var left = bytes.Count - at;
        switch (random.Next(12))
        {
            case 0 or 1 or 2: bytes.InsertRange(at, bytesOfPieces[random.Next(bytesOfPieces.Length)]); break;
            case 3: bytes.RemoveRange(at, Math.Min(random.Next(1, 40), left)); break;
            case 4 when left > 0: bytes[at] = (byte)random.Next(256); break;
            case 5 when left > 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 6: bytes.InsertRange(at, Slice(other)); break;
            case 7 when bytes.Count > 0:
                var from = random.Next(bytes.Count);
                bytes.InsertRange(at, [.. bytes.Skip(from).Take(random.Next(1, 200))]);
                break;
            case 8: Line(bytes, at); break;
            case 9: Number(bytes, at); break;
            case 10 when left > 0: // a piece takes the place of what stood there
                var piece = bytesOfPieces[random.Next(bytesOfPieces.Length)];
                bytes.RemoveRange(at, Math.Min(piece.Length, left));
                bytes.InsertRange(at, piece);
                break;
            default: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), random.Next(1, 30))); break;
        }
    }

    byte[] Slice(byte[] other)
    {
        if (other.Length == 0) return [];
        var from = random.Next(other.Length);
        return other[from..(from + random.Next(Math.Min(400, other.Length - from) + 1))];
    }

    // A line goes, comes twice, or moves.
    void Line(List<byte> bytes, int at)
    {
        var start = at == 0 ? 0 : bytes.LastIndexOf((byte)'\n', at - 1) + 1;
        var end = bytes.IndexOf((byte)'\n', start);
        end = end < 0 ? bytes.Count : end + 1;
        var line = bytes.GetRange(start, end - start);
        if (random.Next(2) == 0) bytes.RemoveRange(start, line.Count);
        bytes.InsertRange(random.Next(bytes.Count + 1), line);
    }

    void Number(List<byte> bytes, int at)
    {
        while (at < bytes.Count && !char.IsAsciiDigit((char)bytes[at])) at++;
        var end = at;
        while (end < bytes.Count && char.IsAsciiDigit((char)bytes[end])) end++;
        if (end == at) return;
        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, Encoding.ASCII.GetBytes(random.Next(2) == 0 ? Numbers[random.Next(Numbers.Length)] : random.Next(1000).ToString(CultureInfo.InvariantCulture)));
    }

    // What costs the square of its length shows only in a long input.
    void Grow(List<byte> bytes)
    {
        var target = Usual << random.Next(1, 6);
        target = Math.Min(target, longest);
        var from = random.Next(bytes.Count + 1);
        var part = random.Next(2) == 0 ? bytesOfPieces[random.Next(bytesOfPieces.Length)] : [.. bytes.Skip(from).Take(random.Next(1, 400))];
        if (part.Length == 0) return;
        var repeated = new List<byte>(target);
        while (bytes.Count + repeated.Count < target) repeated.AddRange(part);
        bytes.InsertRange(from, repeated);
    }
}
