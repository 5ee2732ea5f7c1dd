using System.Text.Json;
using Orleans.Storage;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Storage;

/// <summary>Grain state as bytes: the same in every storage.</summary>
public sealed class StoredJson : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(Of(input));

    public T Deserialize<T>(BinaryData input) => Read<T>(input.ToMemory().Span)!;

    internal static byte[] Of<T>(T? state) => JsonSerializer.SerializeToUtf8Bytes(state, JournalOptions.DefaultJson);

    internal static T? Read<T>(ReadOnlySpan<byte> content) => JsonSerializer.Deserialize<T>(content, JournalOptions.DefaultJson);
}
