using Plumbline.ObjectStore;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Copies of stores, whole or with one object changed: what a disk holds after a crash.</summary>
internal static class ObjectCopies
{
    public static async Task<Dictionary<string, byte[]>> ReadAsync(IObjectStore store)
    {
        var objects = new Dictionary<string, byte[]>();
        await foreach (var properties in store.ListAsync("")) objects[properties.Name] = (await store.GetAsync(properties.Name))!.Content;
        return objects;
    }

    public static async Task<MemoryObjectStore> WriteAsync(Dictionary<string, byte[]> objects, string? changed = null, byte[]? content = null)
    {
        var store = new MemoryObjectStore();
        foreach (var (name, bytes) in objects) await store.PutAsync(name, name == changed ? content! : bytes.ToArray());
        return store;
    }

    public static byte[] Flip(byte[] bytes, int at, byte mask)
    {
        var flipped = bytes.ToArray();
        flipped[at] ^= mask;
        return flipped;
    }
}
