namespace Amends.Jobs;

/// <summary>What a log may know of a failure: which sort it is and where. Its message may hold what somebody wrote.</summary>
public static class Fault
{
    /// <summary>The sort and the place of a failure and of those behind it.</summary>
    public static string Of(Exception failure) =>
        $"{failure.GetType().Name}\n{failure.StackTrace}" + (failure.InnerException is { } inner ? $"\nbecause of {Of(inner)}" : "");
}
