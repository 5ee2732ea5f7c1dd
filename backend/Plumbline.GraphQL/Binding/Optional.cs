namespace Plumbline.GraphQL;

/// <summary>An input that may be absent, which is not the same as null: absent leaves a value as it is, null clears it.</summary>
/// <typeparam name="T">The type of the value when it is present.</typeparam>
public readonly record struct Optional<T>
{
    private readonly T? _value;

    /// <summary>A present value, null included.</summary>
    public Optional(T? value)
    {
        _value = value;
        HasValue = true;
    }

    /// <summary>True when the caller gave the field, even as null.</summary>
    public bool HasValue { get; }

    /// <summary>The given value; the type's default when absent.</summary>
    public T? Value => _value;

    public static implicit operator Optional<T>(T? value) => new(value);
}
