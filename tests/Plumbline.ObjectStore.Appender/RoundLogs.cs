using System.Buffers.Binary;

namespace Plumbline.ObjectStore.Appender;

/// <summary>Numbers in logs of a few entries each, every log written over the last but one. An entry is its number and the same mixed with
/// the log's, which tells it from one of an earlier log.</summary>
public sealed class RoundLogs(IObjectStore store) : IAsyncDisposable
{
    public const string Prefix = "crash/rounds/";
    private const int EntriesPerLog = 7;
    private const int EntryBytes = 16;
    private IAppendObject? _log;
    private long _round;
    private int _entries = EntriesPerLog;

    public async ValueTask AppendAsync(long number)
    {
        if (_entries == EntriesPerLog) await NextAsync();
        var entry = new byte[EntryBytes];
        BinaryPrimitives.WriteInt64LittleEndian(entry, number);
        BinaryPrimitives.WriteInt64LittleEndian(entry.AsSpan(8), Check(number, _round));
        await _log!.AppendAsync(entry);
        _entries++;
    }

    /// <summary>The numbers in all logs that are there.</summary>
    public static async Task<HashSet<long>> ReadAsync(IObjectStore store)
    {
        var numbers = new HashSet<long>();
        await foreach (var found in store.ListAsync(Prefix))
        {
            var (round, content) = (Round(found.Name), (await store.GetAsync(found.Name))!.Content);
            for (var at = 0; at + EntryBytes <= content.Length; at += EntryBytes)
            {
                var number = BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(at));
                if (BinaryPrimitives.ReadInt64LittleEndian(content.AsSpan(at + 8)) != Check(number, round)) break;
                numbers.Add(number);
            }
        }
        return numbers;
    }

    public async ValueTask DisposeAsync()
    {
        if (_log is not null) await _log.DisposeAsync();
    }

    private async ValueTask NextAsync()
    {
        if (_log is not null) await _log.DisposeAsync();
        if (_round == 0) await foreach (var found in store.ListAsync(Prefix)) _round = Math.Max(_round, Round(found.Name));
        _round++;
        _log = await store.OpenOverAsync(Name(_round), Name(_round - 2));
        _entries = 0;
    }

    private static string Name(long round) => $"{Prefix}{Math.Max(round, 0):d10}";

    private static long Round(string name) => long.Parse(name.AsSpan(Prefix.Length), System.Globalization.CultureInfo.InvariantCulture);

    private static long Check(long number, long round) => (number ^ (round * 0x1234_5678_9ABC_DEF)) + 1;
}
