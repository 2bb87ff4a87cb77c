using System.Text;
using Microsoft.Extensions.Logging;

namespace Amends.Tests.Web;

/// <summary>Keeps everything that is logged: messages, the values in them, scopes, exceptions.</summary>
internal sealed class LogBook : ILoggerProvider, ILogger
{
    private readonly StringBuilder _text = new();

    public string Text
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull
    {
        Write(state);
        return null;
    }

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Write(state);
        Write(formatter(state, exception) + "\n" + exception);
    }

    public void Dispose()
    {
    }

    private void Write(object? said)
    {
        lock (_text)
            _text.AppendLine(said is IEnumerable<KeyValuePair<string, object?>> values ? string.Join(' ', values.Select(value => $"{value.Key}={value.Value}")) : said?.ToString());
    }
}
