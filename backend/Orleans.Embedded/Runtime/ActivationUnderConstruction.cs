namespace Orleans.Runtime;

/// <summary>Hands the activation to <see cref="Grain"/>'s constructor, which has no parameter for it.</summary>
internal static class ActivationUnderConstruction
{
    [ThreadStatic]
    private static IGrainContext? _current;

    public static IGrainContext? Current => _current;

    public static object Construct(IGrainContext context, Func<object> create)
    {
        var outer = _current;
        _current = context;
        try
        {
            return create();
        }
        finally
        {
            _current = outer;
        }
    }
}
