using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>Grain state in memory, in the bytes that other storage writes. It is gone with the process.</summary>
internal sealed class MemoryGrainStorage : IGrainStorage
{
    private static readonly JsonSerializerOptions Json = new() { IncludeFields = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = new();
    private long _version;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var record))
            (grainState.State, grainState.ETag, grainState.RecordExists) = (JsonSerializer.Deserialize<T>(record.Bytes, Json)!, record.ETag, true);
        else (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var next = new Record(JsonSerializer.SerializeToUtf8Bytes(grainState.State, Json), Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture));
        var known = _records.GetValueOrDefault(key);
        var written = known?.ETag == grainState.ETag && (known is null ? _records.TryAdd(key, next) : _records.TryUpdate(key, next, known));
        if (!written) throw Stale(key, grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (next.ETag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var known = _records.GetValueOrDefault(key);
        if (known?.ETag != grainState.ETag || (known is not null && !_records.TryRemove(new(key, known)))) throw Stale(key, grainState.ETag);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }

    private InconsistentStateException Stale((string State, GrainId Grain) key, string? etag) =>
        new($"State \"{key.State}\" of grain {key.Grain} was written by somebody else.", _records.GetValueOrDefault(key)?.ETag, etag);

    private sealed record Record(byte[] Bytes, string ETag);
}
