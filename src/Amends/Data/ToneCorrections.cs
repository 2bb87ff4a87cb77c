using Amends.Domain.Cases;
using Amends.Domain.Listening.Emotion;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>What people here say of the tone of messages beside what was heard: kept on this installation alone, for the next training and for the page on how well it hears.</summary>
public static class ToneCorrections
{
    /// <summary>Corrects a message of a case, and keeps that for the next training.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="case">The case.</param>
    /// <param name="number">Its number.</param>
    /// <param name="message">The message; 0 for the one that the case began with.</param>
    /// <param name="level">What it is.</param>
    /// <param name="by">Whoever read it.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Domain.Refused">This message was not heard.</exception>
    public static async Task Add(Unit unit, Case @case, long number, long message, UpsetLevel level, Actor by, DateTimeOffset at)
    {
        @case.CorrectTone(message, level, by, at);
        var heard = @case.State.Tones.First(each => each.MessageId == message);
        await unit.Run("delete from tone_corrections where case_number = @number and message_id = @message", new { number, message });
        if (heard.Tone.Level != level)
            await unit.Run("insert into tone_corrections (case_number, message_id, heard, score, level, person_id, at) values (@number, @message, @was, @Score, @level, @by, @at)",
                new { number, message, was = (int)heard.Tone.Level, heard.Tone.Score, level = (int)level, by = by.Id, at = at.ToUnixTimeMilliseconds() });
    }
}
