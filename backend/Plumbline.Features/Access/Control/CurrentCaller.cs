using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.Control;

/// <summary>Who sends the request that is being answered. A service of the request's scope: set once when the request begins, and from
/// then on given as <see cref="Caller"/> to whatever is made for it.</summary>
public sealed class CurrentCaller
{
    private Caller? _value;

    /// <summary>The caller.</summary>
    /// <exception cref="InvalidOperationException">Nobody has found out who asks; or it is set again.</exception>
    public Caller Value
    {
        get => _value ?? throw new InvalidOperationException("Who asks is not known here: this is no request, or one whose caller was not resolved.");
        set => _value = _value is null ? value : throw new InvalidOperationException("Who asks is known already, and stays.");
    }
}
