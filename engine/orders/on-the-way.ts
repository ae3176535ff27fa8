interface Errand {
  readonly moment: number;
  readonly carryOut: () => void;
}

/** What a strategy has asked for and the venue does not know yet; first asked, first carried out. */
export class OnTheWay {
  private readonly errands: Errand[] = [];
  private readonly latencyBars: number;

  constructor(latencyBars: number) {
    this.latencyBars = latencyBars;
  }

  /** Carries out at once, or some moments later. */
  send(moment: number, carryOut: () => void): void {
    if (this.latencyBars === 0) carryOut();
    else this.errands.push({ moment: moment + this.latencyBars, carryOut });
  }

  /** At a close, before the strategy decides again. */
  arrive(moment: number): void {
    while (this.errands.length > 0 && this.errands[0].moment <= moment) this.errands.shift()?.carryOut();
  }
}
