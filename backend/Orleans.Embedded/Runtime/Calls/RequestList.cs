namespace Orleans.Runtime.Calls;

/// <summary>Requests in the order they came; any can be taken out at once.</summary>
internal sealed class RequestList(Activations.Activation? owner = null)
{
    /// <summary>The activation whose gate guards the list; null for a list on its way.</summary>
    public Activations.Activation? Owner { get; } = owner;

    public Request? Head { get; private set; }

    public Request? Tail { get; private set; }

    public int Count { get; private set; }

    public void Append(Request request)
    {
        Invariant.Holds(request.List is null, "a request waits in one list");
        (request.List, request.Previous, request.Next) = (this, Tail, null);
        if (Tail is null) Head = request;
        else Tail.Next = request;
        Tail = request;
        Count++;
    }

    public void Remove(Request request)
    {
        Invariant.Holds(ReferenceEquals(request.List, this), "a request is removed from the list it waits in");
        if (request.Previous is null) Head = request.Next;
        else request.Previous.Next = request.Next;
        if (request.Next is null) Tail = request.Previous;
        else request.Next.Previous = request.Previous;
        (request.List, request.Previous, request.Next) = (null, null, null);
        Count--;
    }

    public Request? TakeFirst()
    {
        if (Head is { } first) Remove(first);
        else return null;
        return first;
    }
}
