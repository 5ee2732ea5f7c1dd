namespace Plumbline.ObjectStore.Azure.Names;

/// <summary>Brings what the service lists into the order of names. Most are in it already; the others come too early and are held back until
/// their turn.</summary>
internal sealed class ListingOrder
{
    private readonly PriorityQueue<ObjectProperties, string> _early = new(Utf8NameComparer.Instance);
    private string? _last;

    /// <summary>Takes the next one listed.</summary>
    /// <returns>Those whose turn it is now.</returns>
    public IEnumerable<ObjectProperties> Next(ObjectProperties listed, bool isEarly)
    {
        if (isEarly)
        {
            _early.Enqueue(listed, listed.Name);
            yield break;
        }
        while (_early.TryPeek(out _, out var name) && Utf8NameComparer.Instance.Compare(name, listed.Name) < 0) yield return Check(_early.Dequeue());
        yield return Check(listed);
    }

    /// <summary>Those that are left when all have been listed.</summary>
    public IEnumerable<ObjectProperties> Rest()
    {
        while (_early.Count > 0) yield return Check(_early.Dequeue());
    }

    // Who reads a list relies on its order: to find the last log, to stop at the first that is later.
    private ObjectProperties Check(ObjectProperties next)
    {
        if (_last is not null && Utf8NameComparer.Instance.Compare(_last, next.Name) >= 0)
        {
            throw new StorageUnavailableException(
                next.Name, StorageFault.Failed,
                $"the storage service lists it after '{_last}'. An account with a hierarchical namespace does that and cannot be used; make one without.");
        }
        _last = next.Name;
        return next;
    }
}
