using Amends.Data;
using Amends.Jobs;
using Amends.Web;
using Dapper;

namespace Amends.Features.Health;

/// <summary>For the machine that looks after this one: <c>/healthz</c> says that we are alive, <c>/readyz</c> that we can work.</summary>
public static class HealthEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Maps both. They tell nothing about anybody.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => "alive").RequireAuthorization(Policies.Public);
        app.MapGet("/readyz", Ready).RequireAuthorization(Policies.Public);
    }

    private static async Task<IResult> Ready(Database database, LoopHealth loops, CancellationToken ct)
    {
        var troubles = loops.Troubles().ToList();
        try
        {
            await database.Read(connection => connection.ExecuteScalarAsync<int>("select count(*) from schema_steps"), ct).WaitAsync(Patience, ct);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            troubles.Insert(0, "the database does not answer");
        }

        return troubles.Count == 0 ? TypedResults.Text("ready") : TypedResults.Text(string.Join('\n', troubles), statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}
