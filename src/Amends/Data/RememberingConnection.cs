using System.Data;
using Microsoft.Data.Sqlite;

namespace Amends.Data;

/// <summary>
/// A SQLite connection that keeps the statements it compiled. Compiling takes longer than most of our statements run,
/// and the provider compiles anew for each command. For one user at a time, as every connection is.
/// </summary>
internal sealed class RememberingConnection(string connectionString) : SqliteConnection(connectionString)
{
    private const int MostKept = 200;
    private readonly Dictionary<string, SqliteCommand> _kept = [];

    /// <inheritdoc/>
    public override SqliteCommand CreateCommand() => new RememberedCommand(this) { Transaction = Transaction };

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Forget();
        base.Dispose(disposing);
    }

    /// <summary>The compiled command of this text, which is the caller's until given back.</summary>
    private SqliteCommand Take(string text) => _kept.Remove(text, out var command) ? command : new SqliteCommand(text, this);

    private void GiveBack(SqliteCommand command)
    {
        command.Parameters.Clear();
        command.Transaction = null;
        if (_kept.Count >= MostKept)
            Forget();
        if (!_kept.TryAdd(command.CommandText, command)) // the same text was running twice
            command.Dispose();
    }

    private void Forget()
    {
        foreach (var command in _kept.Values)
            command.Dispose();
        _kept.Clear();
    }

    /// <summary>Looks like any command; what runs is the compiled one, with this one's values.</summary>
    private sealed class RememberedCommand(RememberingConnection owner) : SqliteCommand("", owner)
    {
        private SqliteCommand? _compiled;
        private SqliteDataReader? _reader;

        public override SqliteDataReader ExecuteReader(CommandBehavior behavior) => _reader = Compiled().ExecuteReader(behavior);

        public override int ExecuteNonQuery()
        {
            using var reader = ExecuteReader(CommandBehavior.Default);
            return reader.RecordsAffected;
        }

        public override object? ExecuteScalar()
        {
            using var reader = ExecuteReader(CommandBehavior.Default);
            return reader.Read() ? reader.GetValue(0) : null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                End();
            base.Dispose(disposing);
        }

        private SqliteCommand Compiled()
        {
            End();
            _compiled = owner.Take(CommandText);
            foreach (SqliteParameter parameter in Parameters)
                _compiled.Parameters.Add(parameter);
            _compiled.Transaction = Transaction;
            _compiled.CommandTimeout = CommandTimeout;
            return _compiled;
        }

        private void End()
        {
            _reader?.Dispose();
            _reader = null;
            if (_compiled is { } compiled)
                owner.GiveBack(compiled);
            _compiled = null;
        }
    }
}
