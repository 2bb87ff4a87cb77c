using Amends.Data;
using Amends.Jobs;

namespace Amends.Features.LanguageModel;

/// <summary>Forgets what was asked of a language model once it is as old as the company set. Every hour; any node may.</summary>
public sealed class ForgetModelCalls(ModelCalls calls, TimeProvider clock, LoopHealth health, ILogger<ForgetModelCalls> log) : Loop(TimeSpan.FromHours(1), health, log)
{
    private const int Batch = 500;

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct) => await calls.Forget(clock.GetUtcNow(), Batch, ct) == Batch;
}
