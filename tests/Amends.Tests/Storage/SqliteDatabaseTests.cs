using Amends.Data;
using Dapper;

namespace Amends.Tests.Storage;

public sealed class SqliteDatabaseTests
{
    [Fact]
    public async Task Who_writes_while_the_file_cannot_be_opened_hears_so_and_may_write_once_it_can()
    {
        var folder = Directory.CreateTempSubdirectory("amends-test-").FullName;
        var file = Path.Combine(folder, "amends.db");
        await using (var database = Database.Open("sqlite:" + file))
        {
            Directory.CreateDirectory(file); // no file can be made there
            Task Write() => database.Write(unit => unit.Run("create table if not exists words (word text)")).WaitAsync(TimeSpan.FromMinutes(1));

            await Assert.ThrowsAsync<BadSetting>(Write);
            await Assert.ThrowsAsync<BadSetting>(Write);
            Directory.Delete(file);
            await Write();
            Assert.Equal(0, await database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from words")));
        }

        Directory.Delete(folder, recursive: true);
    }
}
