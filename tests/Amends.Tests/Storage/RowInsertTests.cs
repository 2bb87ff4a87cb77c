using Amends.Data;

namespace Amends.Tests.Storage;

/// <summary>Statements that add a row, and become one that adds several.</summary>
public sealed class RowInsertTests
{
    [Fact]
    public void Several_rows_count_their_parameters_on()
    {
        var insert = RowInsert.Of("insert into customers (id, name, since, created_at) values (@newId, upper(@name), @now, @now)")!;
        Assert.Equal(["newId", "name", "now"], insert.Parameters);
        Assert.Equal("insert into customers (id, name, since, created_at) values ($1, upper($2), $3, $3), ($4, upper($5), $6, $6)", insert.Text(2));
    }

    [Fact]
    public void Rows_that_may_be_there_already_stay_so()
    {
        var insert = RowInsert.Of(
            """
            insert into intake (entry_key, state)
            values (@entryKey, 1)
            on conflict (entry_key) do nothing
            """)!;
        Assert.Equal("insert into intake (entry_key, state)\nvalues ($1, 1), ($2, 1)\non conflict (entry_key) do nothing", insert.Text(2).ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("insert into orders (id) values (@id) returning id")]
    [InlineData("insert into settings (name) values (@name) on conflict (name) do update set name = @name")]
    [InlineData("insert into notices (person_id) select id from people where id = @id")]
    [InlineData("insert into notices (person_id) values ((select id from people where id = @id))")]
    [InlineData("update cases set version = @version where number = @number")]
    [InlineData("select pg_advisory_xact_lock(@key)")]
    public void What_does_more_goes_by_itself(string sql) => Assert.Null(RowInsert.Of(sql));

    [Fact]
    public void Each_unit_keeps_its_order_and_rows_of_all_go_as_one()
    {
        RoundTrip.Statement Row(string table, int i) => new($"insert into {table} (id) values (@i)", new { i });
        RoundTrip.Statement Counted(int i) => new("insert into counted (id) values (@i)", new { i }) { IsCounted = true };
        List<RoundTrip.Request> units =
        [
            new([Row("a", 1), Row("a", 2), Row("b", 3)], null),
            new([new("select 1", null), Row("a", 4), Counted(5), Row("b", 6)], null),
            new([Row("b", 7), Counted(8)], null),
        ];
        var sent = SideBySide.Of(units).ToList();
        foreach (var unit in units)
        {
            var order = unit.Statements.Select(statement => sent.FindIndex(each => each.Statements.Contains(statement))).ToList();
            Assert.DoesNotContain(-1, order);
            Assert.Equal(order.Order(), order);
        }

        Assert.Equal(units.Sum(unit => unit.Statements.Length), sent.Sum(each => each.Statements.Count));
        Assert.Contains(sent, each => each.Statements.Count == 2 && each.Statements[0].Sql.Contains(" b "));
        Assert.All(sent.Where(each => each.Statements[0].IsCounted), each => Assert.Single(each.Statements));
    }

    [Fact]
    public void Numbers_of_rows_are_powers_of_two()
    {
        var rows = Enumerable.Range(0, 77).Select(i => new RoundTrip.Statement("insert into a (id) values (@i)", new { i })).ToArray();
        var sent = SideBySide.Of([new(rows, null)]).ToList();
        Assert.Equal([32, 32, 8, 4, 1], sent.Select(each => each.Statements.Count));
        Assert.Equal(rows, sent.SelectMany(each => each.Statements));
    }
}
