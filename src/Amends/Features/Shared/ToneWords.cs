using Amends.Domain.Listening;

namespace Amends.Features.Shared;

/// <summary>How words sound, in words.</summary>
public static class ToneWords
{
    /// <summary>", rising" or ", falling"; nothing while it stays.</summary>
    public static string Of(ToneCourse course) => course switch { ToneCourse.Rising => ", rising", ToneCourse.Falling => ", falling", _ => "" };
}
