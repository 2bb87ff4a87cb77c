using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Features.Api;

/// <summary>
/// A write under the <c>Idempotency-Key</c> of its sender. The key and the answer are kept in the unit of work that does it,
/// so after any failure the sender can send it again: it was done with its answer, or not at all.
/// </summary>
public sealed class DoOnce(Database database, Secrets secrets, TimeProvider clock)
{
    /// <summary>The header.</summary>
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 100;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);

    /// <summary>Does the work, or gives the answer that it had; 404 when the work finds nothing to work on.</summary>
    /// <exception cref="BadField">There is no key, or it is too long.</exception>
    /// <exception cref="Refused">The key was used for something else, or the work was refused.</exception>
    public async Task<IResult> Run(HttpContext context, byte[] body, Func<Unit, Actor, DateTimeOffset, Task<Written?>> work)
    {
        var key = context.Request.Headers[Header].ToString();
        if (key.Length is 0 or > LongestKey || key.Any(char.IsControl))
            throw new BadField(Header, $"Send a header {Header} of up to {LongestKey} characters, another one for each thing that is to be done once.");
        var (by, token) = (BearerToken.Of(context), BearerToken.IdOf(context));
        var now = clock.GetUtcNow();
        var digest = HMACSHA256.HashData(secrets.KeyFor("api writes"), (byte[])[.. Encoding.UTF8.GetBytes($"{context.Request.Method} {context.Request.Path}\n"), .. body]);
        var (written, again) = await database.Write(async unit =>
        {
            await unit.Run("delete from api_writes where at < @old", new { old = (now - Kept).ToUnixTimeMilliseconds() });
            if (await unit.Run(
                """
                insert into api_writes (token_id, idempotency_key, request_digest, status, location, answer, at) values (@token, @key, @digest, 0, '', '', @at)
                on conflict do nothing
                """, new { token, key, digest, at = now.ToUnixTimeMilliseconds() }) == 0)
            {
                var before = (await unit.One<Row>("select request_digest, status, location, answer from api_writes where token_id = @token and idempotency_key = @key", new { token, key }))!;
                if (!before.RequestDigest.AsSpan().SequenceEqual(digest))
                    throw new Refused("idempotency_key", $"This {Header} was used for another request. Take a new one for each thing that is to be done.");
                return (before, true);
            }

            var done = await work(unit, by, now);
            var row = done is null ? null : new Row { Status = done.Status, Location = done.Location, Answer = JsonSerializer.Serialize(done.Answer, done.Answer.GetType(), ApiJson.Options) };
            if (row is null)
                await unit.Run("delete from api_writes where token_id = @token and idempotency_key = @key", new { token, key });
            else
                await unit.Run("update api_writes set status = @Status, location = @Location, answer = @Answer where token_id = @token and idempotency_key = @key", new { row.Status, row.Location, row.Answer, token, key });
            return (row, false);
        }, context.RequestAborted);
        if (written is null)
            return TypedResults.NotFound();
        context.Response.Headers.Location = written.Location;
        if (again)
            context.Response.Headers["Idempotency-Replayed"] = "true";
        return TypedResults.Text(written.Answer, "application/json", Encoding.UTF8, written.Status);
    }

    private sealed class Row
    {
        public byte[] RequestDigest { get; init; } = [];
        public int Status { get; init; }
        public string Location { get; init; } = "";
        public string Answer { get; init; } = "";
    }
}

/// <summary>A write that was done.</summary>
/// <param name="Status">Of the answer.</param>
/// <param name="Location">Where what was made is.</param>
/// <param name="Answer">Numbers and dates; no words of anybody, since it is kept.</param>
public sealed record Written(int Status, string Location, object Answer);
