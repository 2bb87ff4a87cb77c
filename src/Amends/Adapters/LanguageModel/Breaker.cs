namespace Amends.Adapters.LanguageModel;

/// <summary>After some failures in a row nothing is sent for a while, so that nobody waits again and again for what is down.</summary>
public sealed class Breaker(TimeProvider clock)
{
    private const int Failures = 3;
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private int _failures;
    private DateTimeOffset _until;

    /// <summary>Until when it rests; <c>null</c> when it does not.</summary>
    public DateTimeOffset? RestsUntil
    {
        get
        {
            lock (_lock)
                return _until > clock.GetUtcNow() ? _until : null;
        }
    }

    /// <summary>Says how a call went. After a rest one failure is enough for the next one.</summary>
    public void Say(bool failed)
    {
        lock (_lock)
        {
            _failures = failed ? _failures + 1 : 0;
            if (_failures >= Failures)
                _until = clock.GetUtcNow() + Rest;
        }
    }

    /// <summary>Something was changed: it is tried anew.</summary>
    public void Forget()
    {
        lock (_lock)
            (_failures, _until) = (0, default);
    }
}
