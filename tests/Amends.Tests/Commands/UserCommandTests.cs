using Amends.Commands;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Web;
using Dapper;

namespace Amends.Tests.Commands;

/// <summary>The way back in, for whoever looks after the server.</summary>
public sealed class UserCommandTests : IDisposable
{
    private readonly BackupDesk _files = new();

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Somebody_who_left_comes_back_as_an_owner_with_a_link_that_works(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        await BackupDesk.Tamper(desk.Database, "update people set active = 0");
        var line = _files.Line(desk.Get<Surroundings>().Database, "jo@desk.example");
        Assert.Equal("inactive", (await Assert.ThrowsAsync<Refused>(() => User.Reset(line))).Code);
        Assert.Equal(0, await User.Recover(line));
        Assert.Equal(0, await User.Reset(line));
        Assert.Equal(1, await desk.Database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from people where active = 1 and role = @owner", new { owner = (int)Role.Owner })));
        Assert.Equal([jo.Id], await desk.Database.Read(connection => connection.QueryAsync<long>("select person_id from one_time_links where used_at is null"))); // the one before is dead
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task On_a_desk_without_people_the_console_makes_the_first_owner(string kind)
    {
        await using var desk = await Desk.Start(kind);
        Assert.Equal(0, await User.Recover(_files.Line(desk.Get<Surroundings>().Database, "new@desk.example", "--name", "New")));
        Assert.Equal((int)Role.Owner, await desk.Database.Read(connection => connection.ExecuteScalarAsync<int>("select role from people where name = 'New'")));
        Assert.Equal("nobody", (await Assert.ThrowsAsync<Refused>(() => User.Reset(_files.Line(desk.Get<Surroundings>().Database, "no@desk.example")))).Code);
    }

    public void Dispose() => _files.Dispose();
}
