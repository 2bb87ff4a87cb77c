using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;
using ZstdSharp;

namespace Amends.Web;

/// <summary>
/// Pages of ours that browsers keep, so that others travel as what is different in them (Compression Dictionary Transport,
/// RFC 9842): a case that is selected in the inbox is a quarter of what it is by itself. A browser that knows the way says so.
/// </summary>
internal static class PageDictionary
{
    private const string Coding = "dcz";
    private const int Level = 3;

    /// <summary>How far back a page refers to itself, as a power of two; a compressor needs that much memory.</summary>
    private const int Window = 18;

    /// <summary>How many compressors are kept for the next answers, each about a megabyte.</summary>
    private static readonly int MostIdle = 2 * Environment.ProcessorCount;

    private static readonly byte[] Bytes = Read();
    private static readonly byte[] Digest = SHA256.HashData(Bytes);
    private static readonly string Available = $":{Convert.ToBase64String(Digest)}:"; // RFC 8941 §3.3.5
    private static readonly byte[] Head = [0x5e, 0x2a, 0x4d, 0x18, 0x20, 0, 0, 0, .. Digest]; // RFC 9842 §5
    private static readonly ConcurrentBag<Compressor> Idle = [];

    /// <summary>Where it is; another one has another address.</summary>
    public static string Path { get; } = $"/pages/{Convert.ToHexStringLower(Digest)[..12]}.txt";

    /// <summary>Serves it to everybody: nothing in it is anybody's.</summary>
    public static void MapPageDictionary(this IEndpointRouteBuilder app) => app.MapGet(Path, static (HttpContext context) =>
    {
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers["Use-As-Dictionary"] = "match=\"/*\"";
        return Results.Bytes(Bytes, "text/plain; charset=utf-8");
    }).RequireAuthorization(Policies.Public);

    /// <summary>Whether whoever asks has it and can use it.</summary>
    private static bool IsAt(HttpRequest request) =>
        request.Headers["Available-Dictionary"] == Available
        && StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var codings)
        && codings.Any(coding => coding.Value.Equals(Coding, StringComparison.OrdinalIgnoreCase) && coding.Quality is not 0);

    private static byte[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Amends.Content.pages.html")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    /// <summary>What packs answers: with the dictionary for those who have it, as otherwise for the others.</summary>
    internal sealed class Providers(IServiceProvider services, Microsoft.Extensions.Options.IOptions<ResponseCompressionOptions> options) : ResponseCompressionProvider(services, options)
    {
        private static readonly Provider WithDictionary = new();

        /// <inheritdoc/>
        public override ICompressionProvider? GetCompressionProvider(HttpContext context)
        {
            if (!IsAt(context.Request))
                return base.GetCompressionProvider(context);
            context.Response.Headers.Append(HeaderNames.Vary, "Available-Dictionary");
            return WithDictionary;
        }
    }

    private sealed class Provider : ICompressionProvider
    {
        public string EncodingName => Coding;
        public bool SupportsFlush => true;

        public Stream CreateStream(Stream outputStream) => new Packed(outputStream, Idle.TryTake(out var idle) ? idle : New());

        private static Compressor New()
        {
            var compressor = new Compressor(Level);
            compressor.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_windowLog, Window);
            compressor.LoadDictionary(Bytes);
            return compressor;
        }
    }

    /// <summary>An answer under way. Its compressor serves the next one when it came to its end.</summary>
    private sealed class Packed(Stream to, Compressor compressor) : Stream
    {
        private readonly CompressionStream _stream = new(to, compressor, preserveCompressor: true, leaveOpen: true);
        private bool _hasBegun;

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Begin(cancellationToken);
            await _stream.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override async Task FlushAsync(CancellationToken cancellationToken)
        {
            if (_hasBegun)
                await _stream.FlushAsync(cancellationToken);
            await to.FlushAsync(cancellationToken);
        }

        public override async ValueTask DisposeAsync()
        {
            await Begin(CancellationToken.None);
            await _stream.DisposeAsync();
            if (Idle.Count < MostIdle)
                Idle.Add(compressor);
            else
                compressor.Dispose();
            await base.DisposeAsync();
        }

        private async ValueTask Begin(CancellationToken ct)
        {
            if (_hasBegun)
                return;
            _hasBegun = true;
            await to.WriteAsync(Head, ct);
        }

        public override void Write(byte[] buffer, int offset, int count) => WriteAsync(buffer, offset, count, CancellationToken.None).GetAwaiter().GetResult();
        public override void Flush() => FlushAsync(CancellationToken.None).GetAwaiter().GetResult();
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
