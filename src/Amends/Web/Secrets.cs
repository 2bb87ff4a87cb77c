using System.Security.Cryptography;
using System.Text;
using Amends.Data;

namespace Amends.Web;

/// <summary>
/// Seals secrets (mailbox passwords, signing keys) with AES-256-GCM under a key that is outside the database: the key file.
/// </summary>
public sealed class Secrets
{
    private const int Nonce = 12, Tag = 16;
    private readonly byte[] _key;

    /// <param name="keyFile">32 bytes in base64; made with the right to read for its owner alone when missing.</param>
    /// <exception cref="BadSetting">It cannot be read or made, or holds something else.</exception>
    public Secrets(string keyFile)
    {
        try
        {
            _key = ReadOrMake(keyFile);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new BadSetting("AMENDS_KEY_FILE", $"is {keyFile}, which cannot be read or made: {refused.Message.TrimEnd('.')}");
        }
    }

    /// <summary>Seals a text for a purpose; it can be opened for the same purpose only.</summary>
    public string Seal(string text, string purpose) => Convert.ToBase64String(Seal(Encoding.UTF8.GetBytes(text), purpose));

    /// <summary>As above, for bytes.</summary>
    public byte[] Seal(ReadOnlySpan<byte> plain, string purpose)
    {
        var box = new byte[Nonce + plain.Length + Tag];
        RandomNumberGenerator.Fill(box.AsSpan(0, Nonce));
        using var aes = new AesGcm(_key, Tag);
        aes.Encrypt(box.AsSpan(0, Nonce), plain, box.AsSpan(Nonce, plain.Length), box.AsSpan(Nonce + plain.Length), Encoding.UTF8.GetBytes(purpose));
        return box;
    }

    /// <summary>Opens what was sealed for this purpose.</summary>
    /// <exception cref="CryptographicException">Another key, another purpose, or damage.</exception>
    public string Open(string sealedText, string purpose) => Encoding.UTF8.GetString(OpenBytes(Convert.FromBase64String(sealedText), purpose));

    /// <summary>As above, for bytes.</summary>
    /// <exception cref="CryptographicException">Another key, another purpose, or damage.</exception>
    public byte[] OpenBytes(ReadOnlySpan<byte> box, string purpose)
    {
        if (box.Length < Nonce + Tag)
            throw new CryptographicException("The sealed text is too short.");
        var plain = new byte[box.Length - Nonce - Tag];
        using var aes = new AesGcm(_key, Tag);
        aes.Decrypt(box[..Nonce], box[Nonce..^Tag], box[^Tag..], plain, Encoding.UTF8.GetBytes(purpose));
        return plain;
    }

    /// <summary>A key of its own for one purpose, derived from the key file (HKDF, RFC 5869).</summary>
    public byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, 32, info: Encoding.UTF8.GetBytes(purpose));

    /// <summary>Tells one key file from another without opening anything; <c>null</c> when there is none. Makes none.</summary>
    public static string? FingerprintOf(string keyFile) =>
        File.Exists(keyFile) ? Convert.ToHexStringLower(SHA256.HashData(new Secrets(keyFile).KeyFor("fingerprint")).AsSpan(0, 8)) : null;

    private static byte[] ReadOrMake(string file)
    {
        if (!File.Exists(file))
        {
            OwnFolder.Make(Path.GetDirectoryName(Path.GetFullPath(file)) ?? "/", "AMENDS_KEY_FILE");
            var making = $"{file}.{Guid.NewGuid():n}";
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(making, options))
            {
                stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))));
                stream.Flush(flushToDisk: true);
            }

            try
            {
                File.Move(making, file, overwrite: false);
            }
            catch (IOException)
            {
                File.Delete(making);
                if (!File.Exists(file)) // otherwise another process was faster; its key counts
                    throw;
            }
        }

        var key = new byte[48];
        return Convert.TryFromBase64String(File.ReadAllText(file).Trim(), key, out var length) && length == 32
            ? key[..32]
            : throw new BadSetting("AMENDS_KEY_FILE", "does not hold 32 bytes in base64");
    }
}
