namespace Amends.Data.Rollups;

/// <summary>Leaves notes for <see cref="ReportReader"/> where something changes that is counted of a case and that is no event of it: in the transaction that changes it, and of those cases alone that it counts with.</summary>
internal static class WorthNotes
{
    /// <summary>What a case cost changed, or which order it is about.</summary>
    public static Task Case(Unit unit, long number) => unit.Put("insert into report_due (case_number) values (@number)", new { number });

    /// <summary>The orders of a customer changed: their complaints count other orders before and after. Open ones, too: one may end at the same time in another transaction, which sees nothing of this order yet.</summary>
    public static Task Customer(Unit unit, long customer) =>
        unit.Put("insert into report_due (case_number) select number from cases where customer_id = @customer and kind = 1 order by number", new { customer });
}
