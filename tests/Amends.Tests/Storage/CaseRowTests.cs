using System.Text.Json.Nodes;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Tests.Channels.Email;
using Dapper;

namespace Amends.Tests.Storage;

/// <summary>Columns of a case follow its state, though only those that change are written.</summary>
public sealed class CaseRowTests
{
    [Fact]
    public async Task In_the_whole_demo_each_column_says_what_the_state_says()
    {
        await using var demo = await DemoDesk.Start();
        var rows = await demo.Desk.Database.Read(connection => connection.QueryAsync<CaseRow>($"select number, {CaseRow.Columns} from cases"));
        Assert.NotEmpty(rows);
        foreach (var row in rows)
        {
            var said = CaseRow.Of(row.Number, row.Version, Case.Load(CaseJson.State(row.State)), row.ChainLength, row.ChainHead, row.State);
            Assert.Equal(Statement(""), said.ChangesFrom(row));
        }
    }

    [Fact]
    public void What_did_not_change_is_not_written()
    {
        var row = new CaseRow { Number = 7, Version = 3, CustomerId = 5, Subject = "Lid", WakeAt = 9 };
        Assert.Equal(Statement(""), new CaseRow { Number = 7, Version = 4, CustomerId = 5, Subject = "Lid", WakeAt = 9 }.ChangesFrom(row));
        Assert.Equal(Statement("subject = @Subject, wake_at = @WakeAt, "), new CaseRow { Number = 7, Version = 4, CustomerId = 5, Subject = "No lid" }.ChangesFrom(row));
        Assert.Equal(Statement("sealed_for = coalesce(sealed_for, customer_id), customer_id = @CustomerId, "), new CaseRow { Number = 7, Version = 4, CustomerId = 6, Subject = "Lid", WakeAt = 9 }.ChangesFrom(row));
    }

    [Fact]
    public async Task What_nobody_said_is_sealed_as_it_is_written()
    {
        await using var demo = await DemoDesk.Start();
        var events = (await demo.Desk.Rows<Row>("select body, sealed from events")).ToList();
        var plain = events.Where(row => !row.Sealed.Contains("hmac:", StringComparison.Ordinal)).ToList();
        Assert.InRange(plain.Count, 100, events.Count - 100);
        Assert.All(plain, row => Assert.Equal(JsonNode.Parse(row.Body)!.ToJsonString(CaseJson.Options), row.Sealed));
    }

    private static string Statement(string changes) => $"update cases set version = @Version, {changes}chain_length = @ChainLength, chain_head = @ChainHead, state = @State where number = @Number and version = @Version - 1";

    private sealed class Row
    {
        public string Body { get; init; } = "";
        public string Sealed { get; init; } = "";
    }
}
