namespace Plumbline.Features.Reviews.Blinding;

#pragma warning disable CS0618 // the cache knows no TimeProvider
/// <summary>Lets a memory cache go by the product's clock.</summary>
internal sealed class CacheClock(TimeProvider clock) : Microsoft.Extensions.Internal.ISystemClock
#pragma warning restore CS0618
{
    public DateTimeOffset UtcNow => clock.GetUtcNow();
}
