namespace Amends.Tests;

public sealed class PlaceTests
{
    [Fact]
    public void The_project_builds() => Assert.NotNull(typeof(PlaceTests).Assembly);
}
