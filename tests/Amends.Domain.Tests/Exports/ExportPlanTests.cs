using Amends.Domain.Exports;
using Amends.Domain.People;

namespace Amends.Domain.Tests.Exports;

public sealed class ExportPlanTests
{
    private static readonly ExportPlan Plain = new(ExportOf.Messages, new(2026, 1, 1), new(2026, 3, 31), null, CasesIn.All, ExportFormat.Csv);

    [Fact]
    public void A_file_is_named_after_what_it_holds_and_its_days()
    {
        Assert.Equal("messages-2026-01-01-to-2026-03-31.csv", Plain.FileName);
        Assert.Equal("cases.xlsx", (Plain with { What = ExportOf.Cases, From = null, To = null, Format = ExportFormat.Workbook }).FileName);
        Assert.Equal("ledger-from-2026-01-01.csv", (Plain with { What = ExportOf.Ledger, To = null }).FileName);
        Assert.Equal("orders-to-2026-03-31.csv", (Plain with { What = ExportOf.Orders, From = null }).FileName);
    }

    [Fact]
    public void What_cannot_be_made_is_refused_with_the_field_and_a_sentence()
    {
        foreach (var (plan, role, code) in new[]
        {
            (Plain with { What = 0 }, Role.Owner, "what"), (Plain with { Format = (ExportFormat)9 }, Role.Owner, "format"), (Plain, Role.Lead, "role"), (Plain with { What = ExportOf.Events }, Role.Manager, "role"),
            (Plain with { From = new(2026, 4, 1) }, Role.Owner, "from"), (Plain with { From = new(1999, 12, 31) }, Role.Owner, "from"), (Plain with { From = null, To = new(1999, 12, 31) }, Role.Owner, "to"),
            (Plain with { What = ExportOf.Orders, Category = "DEL" }, Role.Owner, "category"), (Plain with { What = ExportOf.Ledger, Category = "DEL" }, Role.Owner, "category"), (Plain with { Cases = CasesIn.Open }, Role.Owner, "cases"),
        })
        {
            Assert.Equal(code, Assert.Throws<Refused>(() => plan.MustBeFor(role)).Code);
        }

        Assert.Equal(Plain with { Category = "DEL" }, (Plain with { Category = "DEL" }).MustBeFor(Role.Manager));
        (Plain with { What = ExportOf.Events }).MustBeFor(Role.Owner);
        (Plain with { What = ExportOf.Cases, Cases = CasesIn.Closed, From = new(2026, 3, 31) }).MustBeFor(Role.Manager); // one day is enough
    }

    [Fact]
    public void Progress_is_never_a_hundred_before_the_end_and_tells_no_time_before_it_has_a_pace()
    {
        Assert.Null(new ExportProgress(0, null, TimeSpan.FromSeconds(3)).Percent);
        Assert.Equal(0, new ExportProgress(0, 0, TimeSpan.Zero).Percent);
        Assert.Equal(33, new ExportProgress(1_000, 3_000, TimeSpan.FromSeconds(10)).Percent);
        Assert.Equal(99, new ExportProgress(3_000, 3_000, TimeSpan.FromSeconds(10)).Percent);
        Assert.Equal(99, new ExportProgress(3_500, 3_000, TimeSpan.FromSeconds(10)).Percent); // more came meanwhile
        Assert.Null(new ExportProgress(99, 3_000, TimeSpan.FromSeconds(10)).Left);
        Assert.Null(new ExportProgress(1_000, null, TimeSpan.FromSeconds(10)).Left);
        Assert.Equal(TimeSpan.FromSeconds(20), new ExportProgress(1_000, 3_000, TimeSpan.FromSeconds(10)).Left);
        Assert.Equal(TimeSpan.Zero, new ExportProgress(3_500, 3_000, TimeSpan.FromSeconds(10)).Left);
    }
}
