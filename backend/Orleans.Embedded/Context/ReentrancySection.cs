namespace Orleans.Runtime;

/// <summary>While open, calls of its chain may come back into the grain that opened it.</summary>
public readonly struct ReentrancySection : IDisposable
{
    private readonly IReentrantContext _context;
    private readonly RequestContextValues? _before;
    private readonly Guid _id;

    private ReentrancySection(IReentrantContext context, RequestContextValues? before, Guid id) => (_context, _before, _id) = (context, before, id);

    internal static ReentrancySection Open()
    {
        var context = IReentrantContext.Current ?? throw new InvalidOperationException("Call-chain reentrancy can be allowed inside a grain call only.");
        var before = RequestContext.Current;
        var id = before is { ReentrancyId: var known } && known != Guid.Empty ? known : Guid.NewGuid();
        RequestContext.Current = (before ?? RequestContextValues.Empty) with { ReentrancyId = id };
        context.EnterReentrancy(id);
        return new(context, before, id);
    }

    /// <summary>Closes the section.</summary>
    public void Dispose()
    {
        _context?.LeaveReentrancy(_id);
        RequestContext.Current = _before;
    }
}

/// <summary>An activation that call chains can be let back into.</summary>
internal interface IReentrantContext
{
    static IReentrantContext? Current => SynchronizationContext.Current as IReentrantContext;

    void EnterReentrancy(Guid id);

    void LeaveReentrancy(Guid id);
}
